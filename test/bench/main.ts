import { printCallFigures } from './call.bench.ts';
import { printCatalogueFigures } from './catalogue.bench.ts';
import { printExploreFigures } from './explore.bench.ts';
import { printKernelFigures } from './kernel.bench.ts';
import { printLadderFigures } from './ladder-layout.bench.ts';
import { printParseFigures } from './sip-parse.bench.ts';

/** Prints every benchmark as ratios measured in this run: npm run bench. */
printKernelFigures();
printCallFigures();
printCatalogueFigures();
printLadderFigures();
printParseFigures();
await printExploreFigures();
