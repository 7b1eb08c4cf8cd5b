import { archive } from "./commands/archive.js";
import { compact } from "./commands/compact.js";
import { compare } from "./commands/compare.js";
import { copy } from "./commands/copy.js";
import { dashboard } from "./commands/dashboard.js";
import { definitions } from "./commands/definitions.js";
import { deleteExperiments, restore } from "./commands/delete.js";
import { demo } from "./commands/demo.js";
import { experiments } from "./commands/experiments.js";
import { explain } from "./commands/explain.js";
import { exportProject } from "./commands/export.js";
import { history } from "./commands/history.js";
import { leaderboard } from "./commands/leaderboard.js";
import { log } from "./commands/log.js";
import { looker } from "./commands/looker.js";
import { note } from "./commands/note.js";
import { primaryScore } from "./commands/primary-score.js";
import { projects } from "./commands/projects.js";
import { purge } from "./commands/purge.js";
import { rename } from "./commands/rename.js";
import { report } from "./commands/report.js";
import { runs } from "./commands/runs.js";
import { scores } from "./commands/scores.js";
import { server } from "./commands/server.js";
import { show } from "./commands/show.js";
import { slices } from "./commands/slices.js";
import { star } from "./commands/star.js";
import { sync } from "./commands/sync.js";
import { tag, untag } from "./commands/tag.js";
import { trash } from "./commands/trash.js";
import { verify } from "./commands/verify.js";
import { views } from "./commands/views.js";
import { warehouse } from "./commands/warehouse.js";
import { watch } from "./commands/watch.js";
import type { AddCommand } from "./define-command.js";

/** Every command, in the order of `ml-tracking --help`. */
export const commands: readonly AddCommand[] = [
  log,
  projects,
  experiments,
  show,
  runs,
  history,
  watch,
  compare,
  report,
  leaderboard,
  primaryScore,
  scores,
  definitions,
  slices,
  explain,
  exportProject,
  note,
  tag,
  untag,
  rename,
  star,
  archive,
  deleteExperiments,
  restore,
  trash,
  purge,
  views,
  verify,
  sync,
  copy,
  looker,
  warehouse,
  compact,
  dashboard,
  server,
  demo,
];
