import { Server, Socket } from 'node:net';

// Given to the local Teams' process with --import: it would listen on every address of the machine, and its telemetry looks
// for a cloud even where it is turned off. It is reached from this machine alone, and reaches nothing else.
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const { listen } = Server.prototype;
const { connect } = Socket.prototype;

Server.prototype.listen = function listenOnLoopback(...given) {
  const [port, second, ...rest] = given;
  const namesNoHost = typeof port === 'number' && typeof second !== 'string';
  return namesNoHost
    ? listen.call(this, port, '127.0.0.1', ...(second === undefined ? [] : [second]), ...rest)
    : listen.apply(this, given);
};

Socket.prototype.connect = function connectOnLoopback(...given) {
  if (isLoopback(given)) return connect.apply(this, given);
  process.nextTick(() => this.destroy(new Error('The demo’s local Teams reaches this machine alone')));
  return this;
};

/** `connect` takes a port and a host, a pipe's path, or options; from within Node the options stand in a list. */
function isLoopback([first, second]) {
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options !== 'object') return LOOPBACK.has(typeof second === 'string' ? second : 'localhost');
  return typeof options.path === 'string' || LOOPBACK.has(options.host ?? 'localhost');
}
