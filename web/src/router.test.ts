import { describe, expect, it } from 'vitest';
import { eventPath, reportPath, route, safePath } from './router';

describe('route', () => {
  it.each([
    ['/', 'map'],
    ['/review', 'review'],
    ['/review/', 'review'],
    ['/review/rounds', 'rounds'],
    ['/ledgers/control', 'control'],
    ['/ledgers/figures', 'figures'],
    ['/ledgers/deadlines', 'deadlines'],
    ['/ledgers/sources', 'sources'],
    ['/login', 'login'],
    ['/nothing', 'missing'],
    ['/events', 'missing'],
    ['/events/a/b', 'missing'],
  ])('%s is the page %s', (path, page) => expect(route(path).page).toBe(page));

  it('brings any id there and back', () => {
    for (const id of ['e1', 'a/b', 'ä ö', '100%', '?x=1#y']) {
      expect(route(eventPath(id))).toEqual({ page: 'event', id });
      expect(route(reportPath(id).split('?')[0]!)).toEqual({ page: 'report', id });
    }
  });
  it('stands a badly coded id', () => expect(route('/events/%E0%A4%A')).toEqual({ page: 'event', id: '%E0%A4%A' }));
});

describe('reportPath', () => {
  it('names the claim', () => expect(reportPath('r 1', 'c&1')).toBe('/reports/r%201?claim=c%261'));
});

describe('safePath', () => {
  it('stays on this site', () => {
    expect(safePath('/review?type=shelling')).toBe('/review?type=shelling');
    for (const bad of [null, '', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/api/session'])
      expect(safePath(bad)).toBe('/');
  });
});
