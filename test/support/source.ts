import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';

export interface SourceFile {
  /** From `src/` on, for instance `touch/slack.ts`. */
  path: string;
  /** The first folder; empty for files directly in `src/`. */
  folder: string;
  text: string;
  /** The text without comments, strings kept. */
  code: string;
  imports: SourceImport[];
}

export interface SourceImport {
  /** A package as written, or a file from `src/` on. */
  of: string;
  isPackage: boolean;
  isTypeOnly: boolean;
}

/** All TypeScript files of the app. The sandbox's web page is plain JavaScript for the browser and not among them. */
export function sourceFiles(): SourceFile[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(`src/${path}`, 'utf8');
      const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^(\s*)\/\/.*$/gm, '$1');
      return {
        path,
        folder: path.includes('/') ? (path.split('/')[0] ?? '') : '',
        text,
        code,
        imports: importsOf(path, code),
      };
    });
}

function importsOf(path: string, code: string): SourceImport[] {
  const statement = /^(?:import|export)\s+(type\s)?(?:[\w*{][^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  const dynamic = /\bimport\(\s*['"]([^'"]+)['"]/g;
  const found = [...code.matchAll(statement)].map(([, type, of = '']) => ({
    of,
    isTypeOnly: type !== undefined,
  }));
  for (const [, of = ''] of code.matchAll(dynamic)) found.push({ of, isTypeOnly: false });
  return found.map(({ of, isTypeOnly }) => {
    const isPackage = !of.startsWith('.');
    return { of: isPackage ? of : posix.join(posix.dirname(path), of), isPackage, isTypeOnly };
  });
}

/** Tarjan's algorithm: the groups of nodes that reach each other, those of a single node left out. */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    low.set(node, order.get(node) ?? 0);
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(node) !== order.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}
