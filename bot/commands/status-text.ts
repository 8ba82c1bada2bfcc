import type { StatusReport } from '../status-report.ts';

/** The report as whoever runs Sedd reads it: what ran, and then what somebody may have to see to. */
export function statusText(report: StatusReport): string {
  return [runsText(report), heldText(report), deliveryText(report)].join('\n\n');
}

function runsText({ runs, failed }: StatusReport): string {
  if (runs.length === 0) return 'Nothing has run yet.';
  const lines = runs.map(({ day, schoolId, job, state, finishedAt, note }) =>
    `  ${day}  ${schoolId.padEnd(24)}  ${job.padEnd(9)}  ${state.padEnd(8)}  ${finishedAt ?? ''}  ${note ?? ''}`.trimEnd(),
  );
  return [`Last runs, ${failed} of them failed`, ...lines].join('\n');
}

function heldText({ held }: StatusReport): string {
  const lines = held.map(({ schoolId, day, reasons, canBeAsked }) => {
    const asked = canBeAsked
      ? 'the coordinator is asked'
      : 'nobody can be asked: see the coordinator’s channel';
    return `  ${day}  ${schoolId.padEnd(24)}  ${reasons.join(', ')}; ${asked}`;
  });
  return [`Mornings that are held: ${held.length}`, ...lines].join('\n');
}

function deliveryText(report: StatusReport): string {
  const { waiting, givenUp, broken, suspectedTwins, twinsToDelete } = report;
  const where = ({
    boundTo,
    conversationId,
  }: StatusReport['broken'][number] | StatusReport['givenUp'][number]) =>
    `  ${conversationId}  ${boundTo === '' ? 'not bound' : boundTo}`;
  return [
    `Cards that wait: ${waiting}`,
    `Cards that were given up: ${givenUp.reduce((sum, { posts }) => sum + posts, 0)}`,
    ...givenUp.map((one) => `${where(one)}  ${one.code}  ${one.posts}`),
    `Conversations that cannot be posted to: ${broken.length}`,
    ...broken.map((one) => `${where(one)}  ${one.code}  since ${one.since ?? '?'}`),
    `Copies that may exist after a posting in doubt: ${suspectedTwins}; found and not deleted yet: ${twinsToDelete}`,
  ].join('\n');
}
