export { readBallots } from './poll.mjs';
