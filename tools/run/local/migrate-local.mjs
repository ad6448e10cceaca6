// Applies the missing migrations to the local database and records them as `wrangler d1 migrations apply DB --local` does: that starts
// workerd anew for every migration, and three times when none is missing. The argument is the folder of the local state.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [state] = process.argv.slice(2)
const folder = 'packages/sql/migrations/d1'
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))
// Which database it is depends on wrangler.toml.
const wanted = createHash('sha256')
  .update(JSON.stringify([readFileSync('wrangler.toml', 'utf8'), files]))
  .digest('hex')
const record = join(state, 'migrated')
const isMigrated =
  existsSync(join(state, 'v3/d1')) &&
  existsSync(record) &&
  readFileSync(record, 'utf8').trim() === wanted
if (!isMigrated) {
  await migrate()
  writeFileSync(record, `${wanted}\n`)
}

async function migrate() {
  // Loading these two takes longer than everything else here.
  const [{ convertV4MiniflareOptions, Log, LogLevel, Miniflare }, wrangler] = await Promise.all([
    import('miniflare'),
    import('wrangler'),
  ])
  const { d1_databases: databases } = wrangler.unstable_readConfig({ config: 'wrangler.toml' })
  const { database_id: id } = databases.find(({ binding }) => binding === 'DB')
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      cf: false,
      log: new Log(LogLevel.ERROR),
      modules: true,
      script: '',
      d1Databases: { DB: id },
    }),
    resourcePersistencePath: join(state, 'v3'),
  })
  try {
    await applyMissing(await miniflare.getD1Database('DB'), wrangler.unstable_splitSqlQuery)
  } finally {
    await miniflare.dispose()
  }
}

async function applyMissing(db, split) {
  const table = `CREATE TABLE IF NOT EXISTS d1_migrations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT UNIQUE,
    applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
  )`
  await db.prepare(table).run()
  const { results } = await db.prepare('SELECT name FROM d1_migrations').all()
  const applied = new Set(results.map(({ name }) => name))
  for (const name of files.filter((each) => !applied.has(each)).toSorted()) {
    const statements = split(readFileSync(join(folder, name), 'utf8'))
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare('INSERT INTO d1_migrations (name) VALUES (?)').bind(name),
    ])
  }
}
