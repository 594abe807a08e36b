/** The record and the server's answers, named as in the output contract. Dates are ISO 8601 strings. */

export type Modality = 'asserted' | 'denied' | 'uncertain' | 'future';
export type Status = 'single-source' | 'corroborated' | 'contested' | 'denied' | 'planned';
export type Stance = 'reports' | 'claims' | 'denies' | 'confirms' | 'accuses';
export type Role = 'viewer' | 'reviewer' | 'admin';

/** Words of a report; offsets count code points and are null where a value comes from the report's metadata. */
export interface Span {
  text: string;
  start: number | null;
  end: number | null;
}
export interface Extent {
  start: number;
  end: number;
}
export interface Actor extends Span {
  name: string;
  country: string;
  sector: string;
  group: string;
  actor_id: string | null;
}
export interface Relation {
  bearing: string | null;
  distance_km: number | null;
  kind: string;
}
export interface Place extends Span {
  name: string;
  geonameid: number | null;
  country: string;
  admin1: string;
  feature: string;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  precision: number;
  relation: Relation | null;
}
export interface Time extends Span {
  earliest: string | null;
  latest: string | null;
  precision: number;
}
export interface Source extends Span {
  name: string;
  kind: string;
  verb: string;
  stance: Stance;
}
export interface FigurePart {
  low: number | null;
  high: number | null;
  of: string;
}
export interface Figure extends Span {
  kind: string;
  low: number | null;
  high: number | null;
  of: string;
  includes: FigurePart[];
}
export interface Codes {
  plover: { event: string; mode: string; contexts: string[] } | null;
  cameo: string | null;
  acled: { event_type: string; sub_event_type: string } | null;
  ucdp: number | null;
}
export interface Claim {
  id: string;
  report_id: string;
  type: string;
  codes: Codes;
  trigger: Span;
  sentence: Extent;
  agents: Actor[];
  targets: Actor[];
  place: Place | null;
  time: Time | null;
  modality: Modality;
  sources: Source[];
  figures: Figure[];
  background: boolean;
  evidence: string[];
  quoted: boolean;
  confidence: number;
}

export interface SourceFigure {
  source: string;
  low: number | null;
  high: number | null;
  date: string | null;
  claim: string;
}
export interface EventFigure {
  kind: string;
  low: number | null;
  best: number | null;
  high: number | null;
  by_source: SourceFigure[];
}
export interface Disagreement {
  field: string;
  values: { value: string; claims: string[] }[];
}
export interface EventRecord {
  id: string;
  type: string;
  codes: Codes;
  claims: string[];
  place: Place | null;
  time: Time | null;
  agents: Actor[];
  targets: Actor[];
  figures: EventFigure[];
  status: Status;
  disagreements: Disagreement[];
  first_reported: string | null;
  last_reported: string | null;
}
/** An event with the words that the server puts on it. */
export interface NamedEvent extends EventRecord {
  label: string;
  family: string;
  title: string;
}
export interface EventItem extends NamedEvent {
  killed: { low: number | null; best: number | null; high: number | null } | null;
  sources: number;
  outlets: string[];
}
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}
export interface Session {
  user: string | null;
  role: Role | null;
  csrf: string | null;
  accounts: boolean;
  version: string;
}
export interface Count {
  value: string;
  count: number;
}
export interface Facets {
  types: (Count & { label: string; family: string })[];
  statuses: Count[];
  countries: Count[];
  sources: (Count & { kind: string })[];
  first: string | null;
  last: string | null;
  events: number;
  claims: number;
  reports: number;
}
export interface Bin {
  start: string;
  count: number;
  contested: number;
}
export interface Quote {
  before: string;
  text: string;
  after: string;
}
export interface ReportHead {
  id: string;
  title: string;
  outlet: string;
  published: string | null;
  url: string;
  sha256: string;
}
export interface Version {
  claim: Claim;
  report: ReportHead;
  voice: string;
  quote: Quote;
  reviewed: { verdict: string; by: string; at: string } | null;
}
export interface Act {
  seq: number;
  at: string;
  actor: string;
  action: string;
  subject?: string;
  why: string;
}
export interface EventDetail {
  event: NamedEvent;
  versions: Version[];
  scores: Record<string, unknown>[];
  history: Act[];
}
export interface ReportDetail {
  report: ReportHead & {
    language: string;
    raw_sha256: string | null;
    origin: string | null;
    truncated: boolean;
    text: string;
  };
  claims: Claim[];
  revisions: { revision: number | string; at: string }[];
}
export interface ReportItem {
  id: string;
  title: string;
  outlet: string;
  published: string | null;
  url: string;
  language: string;
  claims: number;
}
export interface PlaceHit {
  name: string;
  geonameid: number;
  country: string;
  admin1: string;
  lat: number;
  lon: number;
  events: number;
}
export interface MapEvent {
  kind: 'event';
  id: string;
  type: string;
  family: string;
  label: string;
  title: string;
  status: Status;
  when: string | null;
  place: string;
  radius_km: number | null;
  precision: number;
  claims: number;
}
export interface MapCluster {
  kind: 'cluster';
  count: number;
  contested: number;
  box: [number, number, number, number] | string;
}
export interface ControlPoint {
  place: string;
  holder: string;
  since: string | null;
  contested: boolean;
  others: string[];
  voices: string[];
}
export type Points<P> = GeoJSON.FeatureCollection<GeoJSON.Point, P>;
