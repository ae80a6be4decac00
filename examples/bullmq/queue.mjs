/** What both ends of the queue have to agree on. */
export const queueName = 'ringscope-sweeps';

/** Where Redis listens; a password belongs into the address, and the address into the environment. */
const address = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');

export const connection = {
  host: address.hostname,
  port: Number(address.port || '6379'),
  username: decodeURIComponent(address.username) || undefined,
  password: decodeURIComponent(address.password) || undefined,
  // A worker waits for a Redis that is not there yet, however long it takes.
  maxRetriesPerRequest: null,
};

/** The command line of Ringscope, as words: `node dist/cli/ringscope.mjs` for one. */
export const [program, ...programWords] = (process.env.RINGSCOPE ?? 'ringscope').split(' ');
