import { emitKeypressEvents } from 'node:readline';

interface Key {
  readonly name?: string;
  readonly ctrl?: boolean;
}

/**
 * Tells the name of each key that is pressed, and stops the process at Ctrl-C and q; only where somebody sits at a terminal.
 * Returns how to let go.
 */
export function listenToKeys(onKey: (name: string) => void): () => void {
  const { stdin } = process;
  if (!stdin.isTTY) return () => {};
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  const listen = (_text: string, { name, ctrl }: Key) => {
    if (name === 'q' || (ctrl === true && name === 'c')) process.kill(process.pid, 'SIGINT');
    else if (name !== undefined && ctrl !== true) onKey(name);
  };
  stdin.on('keypress', listen);
  return () => {
    stdin.off('keypress', listen);
    stdin.setRawMode(false);
    stdin.pause();
  };
}
