/** What a child is started with: one argument, as JSON. */
export interface ChildSetup {
  readonly storage: { readonly dataDir: string } | { readonly url: string };
  readonly serviceUrl: string;
  /** The school's time, as an instant. */
  readonly at: string;
}

/** What the parent asks of a child. Each is answered, unless the child dies of it. */
export type ChildCommand =
  /** Sets the school's clock. */
  | { readonly do: 'clock'; readonly at: string }
  /** Does what falls due. */
  | { readonly do: 'tick' }
  /** Answers when every run has ended and every card is up to date. */
  | { readonly do: 'settle' }
  | { readonly do: 'report'; readonly day: string }
  /** Kills itself at the n-th statement from now, before the database has it or after. Answers how many there were so far. */
  | { readonly do: 'killAt'; readonly statement: number; readonly when: 'before' | 'after' };

export interface ChildRequest {
  readonly id: number;
  readonly command: ChildCommand;
}

export type ChildMessage =
  | { readonly kind: 'up'; readonly url: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly error: string };

/** What the database has of a day. */
export interface DayReport {
  readonly posts: readonly PostReport[];
  readonly followUps: readonly FollowUpReport[];
  /** The ledger: job → state. */
  readonly runs: Readonly<Record<string, string>>;
  /** Every rung that was taken: whom it concerns, which one, and where its message went. */
  readonly reminders: readonly ReminderReport[];
}

export interface ReminderReport {
  readonly pupilId: string;
  readonly rung: string;
  readonly conversationId: string;
}

export interface PostReport {
  readonly purpose: string;
  readonly subject: string;
  readonly conversationId: string;
  readonly state: string;
  readonly activityId: string | null;
  readonly suspectedTwins: number;
  /** Copies that showed themselves. */
  readonly foundTwins: number;
}

export interface FollowUpReport {
  readonly id: string;
  readonly pupilId: string;
  readonly state: string;
  readonly contactedBy: string | null;
  /** What the audit has of it, in order. */
  readonly audit: readonly string[];
}
