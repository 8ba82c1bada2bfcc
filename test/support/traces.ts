import assert from 'node:assert/strict';
import type { TestApp } from './app.ts';
import { followUpsOf } from './morning-cards.ts';
import { pupilId } from './small-school.ts';

/**
 * Nothing that Sedd has sent is about a protected pupil: by their follow-up cards would know them, having no pupil's id and
 * no name of theirs. `shown` is one who is there, by whose follow-up it is seen that it would be found.
 */
export async function assertNoTrace(
  app: TestApp,
  hidden: number,
  { shown }: { readonly shown: number },
): Promise<void> {
  const sent = JSON.stringify(app.connector.requests());
  const traces = await followUpsOf(app, pupilId(hidden));
  const [control] = await followUpsOf(app, pupilId(shown));
  assert.ok(traces.length > 0, 'there is no follow-up to look for');
  assert.ok(control !== undefined && sent.includes(control), 'whoever is shown is not found');
  for (const trace of [...traces, pupilId(hidden)])
    assert.ok(!sent.includes(trace), `there is a trace: ${trace}`);
}
