/** Who is here. Filled once at the start and after logging in or out. */
import { fetchSession, logIn, logOut } from './api';
import type { Role, Session } from './types';

const RANK: Record<Role, number> = { viewer: 1, reviewer: 2, admin: 3 };
let current = $state<Session | null>(null);
let failed = $state<unknown>(null);

export const session = {
  get now() {
    return current;
  },
  get error() {
    return failed;
  },
  /** Is the user at least this? */
  may(role: Role): boolean {
    return !!current?.role && RANK[current.role] >= RANK[role];
  },
};

export async function loadSession(): Promise<void> {
  try {
    current = await fetchSession();
    failed = null;
  } catch (e) {
    failed = e;
  }
}
export async function enter(user: string, password: string): Promise<void> {
  current = await logIn(user, password);
}
export async function leave(): Promise<void> {
  current = await logOut();
}
