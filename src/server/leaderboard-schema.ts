export { leaderboardSchema } from "../judge/leaderboard/leaderboard-schema.js";
