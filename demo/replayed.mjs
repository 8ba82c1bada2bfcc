import { Server } from 'node:http';

// Given to the local Teams' process with --import: it tells each browser only what is said from then on, forgets the rest,
// breaks the page that is told anything before it has loaded, and adds the app anew for each. Here whoever opens or reloads
// the page is told everything that was said, once the page shows that it is there; and the app is added once, as in Teams.
const STREAM = '/_ws_conversation/v1/conversations/stream';
const TEXT_FRAME = 1;
const INSTALLATION = /^\/_debug\/conversation\/[^/]+\/installation$/;
/** Where the app has been added. */
const installed = new Set();
/** The installation that a page asks for as soon as it has loaded. */
const askedWhenReady = process.env.SEDD_DEMO_READY_PATH;
/** Every frame of text that the browsers were sent, as it stood on the wire. */
const told = [];
/** The browsers that are there. All are sent the same: what the first of them is sent is what is kept. */
const listeners = new Set();
/** Those that have not loaded yet, each with what is to be done when it has. */
const loading = new Map();

const { emit } = Server.prototype;
Server.prototype.emit = function emitAndListenIn(event, request, answer, ...rest) {
  if (event === 'upgrade' && request.url === STREAM) join(answer);
  if (event === 'request' && request.method === 'POST' && INSTALLATION.test(request.url)) {
    if (request.url === askedWhenReady) welcomeNext();
    if (installed.has(request.url)) return void answer.end('{}');
    installed.add(request.url);
  }
  return emit.call(this, event, request, answer, ...rest);
};

function welcomeNext() {
  // Pages load one after the other: the one that has waited longest is the one that asks.
  const [first] = loading;
  if (first === undefined) return;
  loading.delete(first[0]);
  first[1]();
}

function join(socket) {
  const write = socket.write.bind(socket);
  const collect = frameCollector();
  let isOpen = false;
  socket.write = (chunk, ...rest) => {
    // The first that is written is the answer to the upgrade.
    if (!isOpen) {
      isOpen = true;
      return write(chunk, ...rest);
    }
    const frames = collect(Buffer.from(chunk));
    if (listeners.values().next().value === socket) told.push(...frames);
    if (!loading.has(socket)) return write(chunk, ...rest);
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  listeners.add(socket);
  loading.set(socket, () => {
    for (const frame of told) write(frame);
  });
  socket.once('close', () => {
    listeners.delete(socket);
    loading.delete(socket);
  });
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
