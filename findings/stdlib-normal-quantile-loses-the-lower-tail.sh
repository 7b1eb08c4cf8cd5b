#!/usr/bin/env bash
# @stdlib/stats-base-dists-normal-quantile 0.3.1 loses the lower tail of the standard normal distribution: it computes 2p - 1 first, so
# that probabilities nearer than the spacing of doubles around 1 cannot be told apart. quantile(1e-16) and quantile(1.2e-16) are one
# number, and from about 1e-17 down the answer is -Infinity, where scipy's norm.ppf(1e-17) is -8.4937932 and norm.ppf(1e-300) is
# -37.0470965. The package's t distribution keeps its tail (quantile(1e-10, 2) is right to 15 digits). Whoever corrects p-values of many
# comparisons reaches such tails.
# Seen: -8.209536151601387 -8.209536151601387 -Infinity -Infinity. Fails where that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --loglevel=error @stdlib/stats-base-dists-normal-quantile@0.3.1 >/dev/null
node -e '
const quantile = require("@stdlib/stats-base-dists-normal-quantile");
const seen = [1e-16, 1.2e-16, 1e-17, 1e-300].map((p) => quantile(p, 0, 1)).join(" ");
console.log(seen);
if (seen !== "-8.209536151601387 -8.209536151601387 -Infinity -Infinity") process.exit(1);
'
