/** What the ledgers' calls answer. */

export interface Statement {
  on: string | null;
  says: string;
  who: string;
  voice: string;
  outlet: string;
  claim: string;
  event: string;
}
export interface Period {
  since: string | null;
  until: string | null;
  holder: string;
  voices: string[];
  contested: boolean;
  others: string[];
  claims: string[];
}
export interface ControlLedger {
  place: string;
  periods: Period[];
  statements: Statement[];
}
/** `events` fit the filters, of which the first `read` were looked into. */
export interface FiguresAnswer {
  items: Told[];
  events: number;
  read: number;
}
/** One figure of one claim; `span` is `period` where it sums up many days. */
export interface Told {
  kind: string;
  low: number | null;
  high: number | null;
  of: string;
  place: string;
  country: string;
  first: string | null;
  last: string | null;
  span: string;
  voice: string;
  outlet: string;
  reported: string | null;
  claim: string;
  event: string;
}
export interface Deadline {
  due: string;
  announced: string;
  who: string;
  whom: string;
  type: string;
  words: string;
  place: string;
  voice: string;
  state: 'met' | 'late' | 'missed' | 'open';
  answer: string;
  claim: string;
  event: string;
}
export interface Voice {
  name: string;
  kind: string;
  claims: number;
  reports: number;
  events: number;
  shared: number;
  first: number;
  contradicted: number;
}
