import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import pg from 'pg'
import {
  createFolder,
  findPort,
  type PrivateServer,
  startServer,
  type User,
} from './server-process.ts'

/**
 * Starts a PostgreSQL server of one's own, which writes each commit to the disk. It has the user `postgres` without a
 * password.
 *
 * @param binaries The folder of its programs.
 */
export async function startPostgres(binaries: string): Promise<PrivateServer> {
  const user = toUnprivileged()
  const folder = createFolder(user)
  const data = join(folder, 'data')
  const init = [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  execFileSync(join(binaries, 'initdb'), init, { ...user, stdio: ['ignore', 'ignore', 'pipe'] })
  const port = String(await findPort())
  const url = `postgres://postgres@127.0.0.1:${port}`
  const settings = [
    'listen_addresses=127.0.0.1',
    'max_connections=200',
    'shared_buffers=64MB',
    'log_line_prefix=%a ',
  ]
  return startServer({
    url,
    folder,
    command: [
      join(binaries, 'postgres'),
      '-D',
      data,
      '-p',
      port,
      '-k',
      folder,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    ...(user === undefined ? {} : { user }),
    async connect() {
      const client = new pg.Client({ connectionString: `${url}/postgres` })
      client.on('error', () => undefined)
      await client.connect()
      await client.end()
    },
  })
}

/** PostgreSQL refuses to run as root: then it runs as `nobody`. */
function toUnprivileged(): User | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
}
