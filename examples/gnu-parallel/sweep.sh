#!/bin/sh
# A sweep in eight parts on one machine, by GNU parallel: sh sweep.sh
set -e
parallel ringscope sweep call.cmr.yaml --axis links.a.latency=0ms..300ms:1ms \
  --axis links.b.latency=0ms..300ms:1ms --jobs 1 --results results --shard {}/8 ::: 1 2 3 4 5 6 7 8
ringscope merge results -o sweep.csv
