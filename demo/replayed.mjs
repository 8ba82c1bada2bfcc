import { Server } from 'node:http';

// Given to the local Teams' process with --import: it tells each browser only what is said from then on, and forgets the
// rest. Here whoever opens or reloads the page is told first what the others were told.
const STREAM = '/_ws_conversation/v1/conversations/stream';
const TEXT_FRAME = 1;
/** Every frame of text that the browsers were sent, as it stood on the wire. */
const told = [];
/** The browsers that are there. All are sent the same: what the first of them is sent is what is kept. */
const listeners = new Set();

const { emit } = Server.prototype;
Server.prototype.emit = function emitAndListenIn(event, request, socket, ...rest) {
  if (event === 'upgrade' && request.url === STREAM) join(socket);
  return emit.call(this, event, request, socket, ...rest);
};

function join(socket) {
  const write = socket.write.bind(socket);
  const collect = frameCollector();
  let isOpen = false;
  socket.write = (chunk, ...rest) => {
    if (isOpen) {
      const frames = collect(Buffer.from(chunk));
      if (listeners.values().next().value === socket) told.push(...frames);
      return write(chunk, ...rest);
    }
    // The first that is written is the answer to the upgrade; what was told follows it.
    isOpen = true;
    const isFlowing = write(chunk, ...rest);
    listeners.add(socket);
    for (const frame of told) write(frame);
    return isFlowing;
  };
  socket.once('close', () => listeners.delete(socket));
}

/** Puts written pieces together to whole frames, and answers those of text. */
function frameCollector() {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames = [];
    for (let length = frameLength(rest); length <= rest.length; length = frameLength(rest)) {
      if ((rest[0] & 0x0f) === TEXT_FRAME) frames.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    return frames;
  };
}

/** Header and payload of an unmasked WebSocket frame (RFC 6455, 5.2); infinite where the header is not whole. */
function frameLength(bytes) {
  const short = bytes.length < 2 ? undefined : bytes[1] & 0x7f;
  if (short === undefined) return Number.POSITIVE_INFINITY;
  if (short < 126) return 2 + short;
  if (short === 126) return bytes.length < 4 ? Number.POSITIVE_INFINITY : 4 + bytes.readUInt16BE(2);
  return bytes.length < 10 ? Number.POSITIVE_INFINITY : 10 + Number(bytes.readBigUInt64BE(2));
}
