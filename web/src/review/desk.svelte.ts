/** The desk's state: the queue, the claim in hand, what is changed of it, and what the server answered. */
import { aborted, get, message, post, type Params } from '../api';
import type { Claim, EventDetail, EventItem, Extent, Page, Quote, ReportDetail, ReportHead } from '../types';
import { LABELS, changed, put, toFields, wordless, type Draft, type SpanField } from './draft';
import { together, verdict } from './log';
import type { Judged, LogEntry, QueueItem, Regrouped } from './types';

interface Found {
  claim: Claim;
  report: ReportHead;
  event: string | null;
  quote: Quote;
}
const path = (kind: 'review/claims' | 'events' | 'reports', id: string): string => `/api/${kind}/${encodeURIComponent(id)}`;
const KEPT = 20; // reports' texts at most

export class Desk {
  items = $state<QueueItem[]>([]);
  total = $state(0);
  at = $state(0);
  loading = $state(true);
  error = $state<unknown>(null);
  report = $state<ReportDetail['report'] | null>(null);
  log = $state.raw<LogEntry[]>([]);
  /** Verdicts known of, by claim. */
  judged = $state<Record<string, string>>({});
  /** Changes not yet saved, by claim. */
  drafts = $state<Record<string, Draft>>({});
  picked = $state<SpanField | null>(null);
  /** Words selected while no field was picked. */
  words = $state<{ extent: Extent; text: string } | null>(null);
  /** What to tell: an answer of the server, or what went wrong. */
  said = $state('');
  failed = $state('');
  busy = $state(false);

  #next = $state<string | null>(null);
  #params: Params = {};
  #turn = 0;
  readonly #texts = new Map<string, ReportDetail['report']>();

  item = $derived<QueueItem | null>(this.items[this.at] ?? null);
  claim = $derived<Claim | null>(this.item?.claim ?? null);
  draft = $derived<Draft>((this.claim && this.drafts[this.claim.id]) ?? {});
  more = $derived(this.#next !== null);

  /** Reads the queue anew; `first` is the claim to begin with. */
  async load(params: Params, first: string | null, signal: AbortSignal): Promise<void> {
    this.#params = params;
    this.loading = true;
    this.error = null;
    try {
      const page = await get<Page<QueueItem>>('/api/review/queue', { ...params, limit: 50 }, signal);
      let items = page.items;
      if (first && !items.some((i) => i.claim.id === first)) items = [await this.#single(first), ...items];
      this.items = items;
      this.total = page.total;
      this.#next = page.next;
      await this.choose(Math.max(0, first ? items.findIndex((i) => i.claim.id === first) : 0));
      this.loading = false;
    } catch (e) {
      if (aborted(e)) return;
      this.error = e;
      this.loading = false;
    }
  }

  async loadMore(): Promise<void> {
    await this.#try(async () => {
      const page = await get<Page<QueueItem>>('/api/review/queue', { ...this.#params, limit: 50, cursor: this.#next });
      const known = new Set(this.items.map((i) => i.claim.id));
      this.items.push(...page.items.filter((i) => !known.has(i.claim.id)));
      this.#next = page.next;
    });
  }

  /** Takes the claim at `index` in hand. */
  async choose(index: number): Promise<void> {
    if (!this.items.length) return;
    this.at = Math.min(Math.max(index, 0), this.items.length - 1);
    this.picked = null;
    this.words = null;
    this.failed = this.said = '';
    const turn = ++this.#turn;
    await this.#try(async () => {
      const item = this.items[this.at]!;
      const [report] = await Promise.all([this.#text(item.claim.report_id), this.readLog()]);
      if (turn === this.#turn) this.report = report;
    });
  }

  async readLog(): Promise<void> {
    const item = this.item;
    if (!item) return;
    const turn = this.#turn;
    const subjects = [item.claim.id, ...(item.event ? [item.event.id] : [])];
    const parts = await Promise.all(
      subjects.map((subject) => get<{ items: LogEntry[] }>('/api/review/log', { subject })),
    );
    if (turn !== this.#turn) return;
    this.log = together(...parts.map((p) => p.items));
    this.judged[item.claim.id] = verdict(this.log, item.claim.id);
  }

  edit(draft: Draft): void {
    if (this.claim) this.drafts[this.claim.id] = draft;
  }

  /** Puts words into the picked field. */
  set(extent: Extent, text: string): void {
    const { claim, picked } = this;
    if (!claim || !picked) return;
    this.edit(put(claim, this.draft, picked, extent, text));
    this.said = `${LABELS[picked]}: “${text}”. Not saved yet.`;
    this.picked = null;
    this.words = null;
  }

  async judge(verdict: 'accept' | 'reject', reason: string): Promise<void> {
    await this.#act(() => post<Judged>(`/api/review/claims/${encodeURIComponent(this.claim!.id)}`, { verdict, reason }), {
      accept: 'Accepted', reject: 'Rejected',
    }[verdict]);
  }

  async save(reason: string): Promise<boolean> {
    const { claim, draft } = this;
    if (!claim || !changed(claim, draft).length) return false;
    const lost = wordless(claim, draft);
    if (lost.length) {
      this.failed = `“${lost[0]!.text}” rests on no words of this report: take it out, or put words in its place.`;
      return false;
    }
    const body = { verdict: 'correct', fields: toFields(claim, draft), reason };
    return this.#try(async () => {
      await this.#act(() => post<Judged>(`/api/review/claims/${encodeURIComponent(claim.id)}`, body), 'Corrected');
      delete this.drafts[claim.id];
    });
  }

  merge = (ids: string[], reason: string): Promise<void> =>
    this.#act(() => post<Regrouped>('/api/review/merge', { ids, reason }), 'Merged');
  split = (event: string, claims: string[], reason: string): Promise<void> =>
    this.#act(() => post<Regrouped>('/api/review/split', { event, claims, reason }), 'Split');
  link = (a: string, b: string, kind: string, reason: string): Promise<void> =>
    this.#act(() => post<Regrouped>('/api/review/link', { a, b, kind, reason }), 'Linked');
  comment = (subject: string, text: string): Promise<void> =>
    this.#act(() => post<{ seq: number }>('/api/review/comments', { subject, text }), 'Commented');
  undo = (seq: number, reason: string): Promise<void> =>
    this.#act(() => post<{ seq: number }>('/api/review/undo', { seq, reason }), `Undid number ${seq}`);

  /** Does something and shows how things stand after it. Fails as the server's answer does. */
  async #act(call: () => Promise<{ seq: number }>, name: string): Promise<void> {
    this.busy = true;
    this.failed = this.said = '';
    try {
      const { seq } = await call();
      await this.#refresh();
      this.said = `${name}: number ${seq} in the log.`;
    } finally {
      this.busy = false;
    }
  }

  /** Tries what has no dialog to show its failure in. */
  async #try(run: () => Promise<void>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (e) {
      if (!aborted(e)) this.failed = message(e);
      return false;
    }
  }

  attempt = (run: () => Promise<void>): Promise<boolean> => this.#try(run);

  async #refresh(): Promise<void> {
    const index = this.at;
    const id = this.claim?.id;
    if (!id) return;
    const now = await this.#single(id);
    const before = this.items[index];
    if (!before || before.claim.id !== id) return;
    this.items[index] = { ...now, event: now.event ?? before.event, reasons: before.reasons, weight: before.weight };
    await this.readLog();
  }

  /** One claim as it stands, as if it were in the queue. */
  async #single(id: string): Promise<QueueItem> {
    const { claim, report, event, quote } = await get<Found>(path('review/claims', id));
    const detail = event ? await get<EventDetail>(path('events', event)) : null;
    return { claim, report, quote, event: (detail?.event as EventItem | undefined) ?? null, reasons: [], weight: 0 };
  }

  async #text(id: string): Promise<ReportDetail['report']> {
    const known = this.#texts.get(id);
    if (known) return known;
    const { report } = await get<ReportDetail>(path('reports', id));
    if (this.#texts.size >= KEPT) this.#texts.delete(this.#texts.keys().next().value ?? '');
    this.#texts.set(id, report);
    return report;
  }
}
