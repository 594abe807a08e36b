import { describe, expect, it } from 'vitest';
import { lastAct, said, together, undone } from './log';
import type { LogEntry } from './types';

const entry = (seq: number, action: string, subject = 'c1', body: unknown = {}): LogEntry => ({
  seq, action, subject, body, at: '2026-01-01T10:00:00Z', actor: 'ada', why: '',
});

describe('the log', () => {
  it('knows what was undone and what can be next', () => {
    const log = [entry(3, 'accept'), entry(5, 'reject'), entry(6, 'undo', '5'), entry(7, 'event', 'e1')];
    expect([...undone(log)]).toEqual([5]);
    expect(lastAct(log)?.seq).toBe(3);
    expect(lastAct([])).toBeNull();
  });

  it('joins what several calls tell, once each', () => {
    const log = together([entry(1, 'accept'), entry(4, 'merge')], [entry(4, 'merge'), entry(2, 'comment')]);
    expect(log.map((e) => e.seq)).toEqual([4, 2, 1]);
  });

  it('says what was done', () => {
    expect(said(entry(1, 'correct-claim', 'c1', { fields: { place: {}, agents: {} } }))).toBe('corrected place, agents');
    expect(said(entry(1, 'undo', '12'))).toBe('undid 12');
    expect(said(entry(1, 'link', 'e1', { kind: 'cannot' }))).toBe('linked: cannot be one');
    expect(said(entry(1, 'constructed'))).toBe('constructed');
  });
});
