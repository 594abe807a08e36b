/** What the review desk's calls answer. */
import type { Act, Claim, EventItem, Quote, ReportHead } from '../types';

export interface QueueItem {
  /** Null for a claim that was rejected and is in no event. */
  event: EventItem | null;
  claim: Claim;
  report: ReportHead;
  quote: Quote;
  reasons: string[];
  weight: number;
}
export interface LogEntry extends Act {
  subject: string;
  body?: unknown;
  /** The entry that took it back. */
  undone?: number | null;
}
export interface Judged {
  seq: number;
  claim: Claim;
  event: string | null;
}
export interface Regrouped {
  seq: number;
  events: string[];
}
export interface RoundItem {
  name: string;
  reports: string[];
  coders: string[];
  claims: number;
  done: Record<string, number>;
  closed: boolean;
}
export interface Round extends Omit<RoundItem, 'claims'> {
  /** Those that the reports had when the round was made. */
  claims: { claim: string; report: string }[];
  /** The asking coder's own, by claim and field. */
  answers: Record<string, Record<string, unknown>>;
  alpha: Record<string, number | null> | null;
  disagreements: Disagreement[];
}
export interface Disagreement {
  report: string;
  claim: string;
  field: string;
  values: Record<string, unknown>;
  /** The log's entry that decided it. */
  settled: number | null;
}
