/** How often it is looked whether the shell is still there, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Resolves when the shell that npm put between itself and this process is gone. npm tells only that shell when it is told to
 * stop, and the shell passes nothing on. Never resolves where npm did not start the process.
 */
export async function untilLeftAlone(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const parent = process.ppid;
  await new Promise<void>((resolve) => {
    if (env.npm_lifecycle_event === undefined) return;
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS).unref();
  });
}
