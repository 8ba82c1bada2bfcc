import { Server } from 'node:net';

// Given to the local Teams' process with --import: it would listen on every address of the machine, and is to be reached
// from this machine alone.
const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(...given) {
  const [port, second, ...rest] = given;
  const namesNoHost = typeof port === 'number' && typeof second !== 'string';
  return namesNoHost
    ? listen.call(this, port, '127.0.0.1', ...(second === undefined ? [] : [second]), ...rest)
    : listen.apply(this, given);
};
