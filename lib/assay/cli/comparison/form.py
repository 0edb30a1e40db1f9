"""What the JSON of `assay compare` holds, as its help and docs/cli.md say it."""

JSON = """JSON: {metric, direction, direction_source, method, level, unit, aim, margin, margin_source, alpha,
correction, simultaneous, comparisons, resamples, seed, filter, data: {test: same (as far as MLflow's digests look),
different, unknown or not_logged,
sides: [{label, runs, untested, test: [SET], train: [SET], other: [SET]}]}, commits: [of each side, or null],
baseline: SIDE, candidates: [SIDE + {difference:
{mean, std, interval: [lo, hi], method, bootstrap_interval, bootstrap_method, p_value, p_adjusted, p_beyond,
p_method, paired, pairs, min_attainable_p, effect_size, verdict, reason?}}], selected_from: {label,
configurations, replicates, luck, excess} or null, params: [{key, values[]}], slices[], notes: [{code, sides[],
…, sentence}], warnings[]} with
SET = [{name, digest, context, use, source_type, source, rows}],
SIDE = {label, filter, n, replicates, run_ids[], excluded: {reason: count},
left_out: {code: count}, scores: [{run_id?, run_ids[], value, seed}], mean, std, interval, method,
bootstrap_interval, bootstrap_method, reason?}; of the first metric, the others under also: [the same]. verdict:
better, worse, differs (nobody said which way is better), no_worse, same, not_shown, cannot_be_significant,
too_few. With --aim no-worse or same p is one-sided, of the claim, and to be below alpha, half of 1 - level;
p_beyond is that of lying beyond the margin. effect_size: d_z paired, Hedges g unpaired. Over seeds each
candidate + {plan: {n, paired, power, upper_std, detectable, needs: [{effect, replicates, reason?}],
permutation_n, supported_margin, reason?}}. Beside every reason stands note: {code, …}. slices: [{label, column,
category, n, baseline, candidate, difference, interval, method, p_value, p_adjusted, p_method, verdict,
reason?}], worst regression first; label is the candidate's. With --slice over seeds also slice_comparisons;
notes and warnings are then those of the slices too. With --unit examples or both: statistic, column, id_column,
cluster: {column, clusters, icc} or null, slice_comparisons instead of params; SIDE + {examples, uneven,
only_here, undefined, repeated, averaged, not_logged: [{run_id, reason}]}; each candidate + {baseline: SIDE over
the examples they share, examples, flips: {gained, lost, both_right, both_wrong, rule, limit, unsettled,
gained_examples: [EXAMPLE], lost_examples: [EXAMPLE]} or null, losses: [EXAMPLE], gains: [EXAMPLE], reason?} with
EXAMPLE = {example_id, baseline, candidate, difference,
slices: {column: category}}; unsettled: about how many would flip if the candidate were the baseline trained anew.
With another statistic than mean, SIDE and difference hold value instead of mean,
and there are no slices; f1, macro-f1 and auc are of logged predictions, where the scores hold no column of the
metric's name. With --task-by: SIDE and difference hold value, the interquartile mean over the tasks on the
scale, on which higher is better unless it is none; statistic, and tasks: {param, scale, scale_means, better,
target, tasks[], aggregate: {iqm, median, mean, optimality_gap: {baseline: {value, interval}, candidates:
[{label, value, interval, difference: {value, interval}}], reason?}, improvement: {candidates: [{label, value,
interval}]}}, profile: {thresholds[], baseline: CURVE, candidates: [{label} + CURVE]}, per_task: [{task, label,
n: [baseline, candidate], baseline, candidate, difference, interval, method, p_value, p_adjusted, p_method,
paired, verdict, reason?}], left_out: [{task, reason}], efficiency: {steps[], baseline: CURVE, candidates:
[{label} + CURVE], runs, values, missing, reason?} or null without --over-steps} with CURVE = {values[], low[],
high[]}; per_task is in the logged unit."""
