import type { SqlCall, SqlResult } from '../../worker/bindings/d1.ts'
import type { Sqlite } from '../../worker/bindings/sqlite.ts'

/** Counts the rows that D1 would charge for a statement: at most one more for each index that it may change. */
export type CountWritten = (call: SqlCall, result: SqlResult) => number

interface Index {
  readonly table: string
  readonly columns: string
}

const write = /^\s*(INSERT INTO|UPDATE|DELETE FROM) (\w+)/

/** Makes the counter of a database, from the indexes that it has. */
export function createCountWritten(sqlite: Sqlite): CountWritten {
  const indexes = readIndexes(sqlite)
  const known = new Map<string, number>()
  const rowsPerChange = (text: string): number => {
    const [, verb, table = ''] = write.exec(text) ?? []
    if (verb === undefined) return 0
    const set = verb === 'UPDATE' ? text.slice(0, text.indexOf('WHERE')) : null
    const changed = indexes.filter(
      (index) => index.table === table && (set === null || namesOneOf(set, index.columns)),
    )
    return 1 + changed.length
  }
  return ({ text }, { rows, changes }) => {
    const perChange = known.get(text) ?? rowsPerChange(text)
    known.set(text, perChange)
    // A statement with RETURNING shows the rows that it changed, and counts none.
    return perChange === 0 ? 0 : perChange * Math.max(changes, rows.length)
  }
}

function readIndexes(sqlite: Sqlite): readonly Index[] {
  const text = `SELECT m.tbl_name AS "table", group_concat(i.name) AS columns
    FROM sqlite_master AS m, pragma_index_info(m.name) AS i
    WHERE m.type = 'index' AND m.sql IS NOT NULL GROUP BY m.name`
  const { rows } = sqlite.run({ text, params: [] })
  return rows.map((row) => ({ table: String(row['table']), columns: String(row['columns']) }))
}

function namesOneOf(set: string, columns: string): boolean {
  return columns.split(',').some((column) => new RegExp(`\\b${column} =`).test(set))
}
