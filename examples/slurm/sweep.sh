#!/bin/sh
# A sweep as an array of 64 tasks: sbatch sweep.sh; then: ringscope merge results -o sweep.csv
#SBATCH --array=1-64
#SBATCH --cpus-per-task=1
srun ringscope sweep call.cmr.yaml --axis links.a.latency=0ms..300ms:1ms \
  --axis links.b.latency=0ms..300ms:1ms --jobs 1 \
  --results "$SLURM_SUBMIT_DIR/results" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT"
