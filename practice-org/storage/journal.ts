/** Undo steps of the running transaction. Rows, schema and sharing configuration all write to the same journal. */
export interface Journal {
  /** Remembers how to undo a change just made; forgotten at once outside a transaction. */
  record(undo: () => void): void;
  /** Runs `work`; when it throws, everything recorded inside is undone, newest first, and the error goes on. Nests. */
  transaction<T>(work: () => T): T;
}

export function createJournal(): Journal {
  const steps: Array<() => void> = [];
  let depth = 0;

  function undoBackTo(mark: number): void {
    while (steps.length > mark) steps.pop()?.();
  }

  return {
    record(undo) {
      if (depth > 0) steps.push(undo);
    },
    transaction(work) {
      const mark = steps.length;
      depth++;
      try {
        return work();
      } catch (error) {
        undoBackTo(mark);
        throw error;
      } finally {
        depth--;
        if (depth === 0) steps.length = 0;
      }
    },
  };
}
