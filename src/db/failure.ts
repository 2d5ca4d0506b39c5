/** Locked, full, unreadable: not a mistake in a query, but the database as a whole. */
export function isDatabaseFailure(error: unknown): error is Error {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  return /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)/.test(error.code);
}
