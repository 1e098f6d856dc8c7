export { countVotes } from './poll.mjs';
