import { printCallFigures } from './call.bench.ts';
import { printKernelFigures } from './kernel.bench.ts';

/** Prints every benchmark as ratios measured in this run: npm run bench. */
printKernelFigures();
printCallFigures();
