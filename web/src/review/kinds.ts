/** What a figure may count (contract: figure.kind). */
export const FIGURE_KINDS = [
  'killed',
  'injured',
  'captured',
  'missing',
  'displaced',
  'returned',
  'evacuated',
  'released',
  'forces',
  'strikes',
  'destroyed',
  'detained',
  'area',
  'money',
  'other',
] as const;
