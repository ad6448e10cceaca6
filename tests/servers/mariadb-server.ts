import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { createFolder, findPort, type PrivateServer, startServer } from './server-process.ts'

/** The programs of a MariaDB server. */
export interface MariadbPrograms {
  readonly server: string
  readonly install: string
}

/** Where this machine has the programs of MariaDB; null when it has none. */
export function findMariadb(): MariadbPrograms | null {
  const server = findProgram('mariadbd')
  const install = findProgram('mariadb-install-db')
  return server === null || install === null ? null : { server, install }
}

/**
 * Starts a MariaDB server of one's own, which writes each commit to the disk. It has the user `root` without a password.
 */
export async function startMariadb({ server, install }: MariadbPrograms): Promise<PrivateServer> {
  const folder = createFolder()
  const data = join(folder, 'data')
  const asUser = process.getuid?.() === 0 ? ['--user=root'] : []
  // A server that starts removes the temporary tables it finds in its folder for them: those of another one in `/tmp`, too.
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  const common = ['--no-defaults', `--datadir=${data}`, `--tmpdir=${temporary}`, ...asUser]
  const initial = ['--auth-root-authentication-method=normal', '--skip-test-db']
  execFileSync(install, [...common, ...initial], { stdio: ['ignore', 'ignore', 'pipe'] })
  const port = await findPort()
  return startServer({
    url: `mysql://root@127.0.0.1:${port}`,
    folder,
    command: [
      server,
      ...common,
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=64M',
      '--max-connections=200',
      '--innodb-print-all-deadlocks=ON',
    ],
    async connect() {
      const connection = await createConnection({ host: '127.0.0.1', port, user: 'root' })
      await connection.end()
    },
  })
}

function findProgram(name: string): string | null {
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    // Where a server's programs are that a user's PATH leaves out.
    '/usr/sbin',
    '/usr/local/sbin',
  ]
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
