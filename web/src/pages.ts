/** What each route shows; every page is its own chunk, loaded when it is asked for. */
import type { Component } from 'svelte';
import type { Route } from './router';

interface PageEntry {
  title: string;
  load: () => Promise<{ default: Component<{ id?: string }> }>;
}
const entry = (title: string, load: () => Promise<{ default: unknown }>): PageEntry => ({
  title,
  load: load as PageEntry['load'],
});

export const PAGES: Record<Route['page'], PageEntry> = {
  map: entry('Map', () => import('./pages/MapPage.svelte')),
  event: entry('Event', () => import('./pages/EventPage.svelte')),
  report: entry('Report', () => import('./pages/ReportPage.svelte')),
  login: entry('Log in', () => import('./pages/LoginPage.svelte')),
  missing: entry('Not found', () => import('./pages/MissingPage.svelte')),
  review: entry('Review', () => import('./review/ReviewPage.svelte')),
  rounds: entry('Double coding', () => import('./review/RoundsPage.svelte')),
  control: entry('Who holds what', () => import('./ledgers/ControlPage.svelte')),
  figures: entry('Figures', () => import('./ledgers/FiguresPage.svelte')),
  deadlines: entry('Deadlines', () => import('./ledgers/DeadlinesPage.svelte')),
  sources: entry('Sources', () => import('./ledgers/SourcesPage.svelte')),
};
