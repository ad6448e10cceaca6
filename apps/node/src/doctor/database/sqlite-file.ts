import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Finding, findingsOf } from '../finding.ts'

const found = findingsOf('database')
const minFreeBytes = 1024 ** 3
/** statfs types of NFS, SMB, SMB2 and CIFS. */
const networkTypes = new Set([0x6969, 0x517b, 0xfe534d42, 0xff534d42])

/** Whether a SQLite file exists. */
export function fileExists(path: string): boolean {
  return path !== ':memory:' && existsSync(path)
}

/** Whether a file that does not exist yet can be made. */
export function explainNewFile(path: string): Finding {
  const folder = dirname(path)
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return found.problem(
      'path_not_writable',
      [`no file can be made in ${folder}`, `${folder}에 파일을 만들 수 없습니다`],
      [
        'create the folder and give this user the right to write it, or correct DATABASE_URL',
        '폴더를 만들고 쓰기 권한을 주거나 DATABASE_URL을 고치세요',
      ],
    )
  }
  return found.ok('database_new', [
    `SQLite ${path} does not exist yet: quayside serve makes it`,
    `SQLite ${path} 파일이 아직 없습니다. quayside serve가 만듭니다`,
  ])
}

/** Whether the disk of a SQLite file has free space, and is one on which its locks work. */
export function explainDisk(path: string): readonly Finding[] {
  const { bavail, bsize, type } = statfsSync(dirname(path))
  const freeBytes = bavail * bsize
  const freeMiB = Math.floor(freeBytes / 1024 ** 2)
  return [
    ...(freeBytes < minFreeBytes
      ? [
          found.warning(
            'disk_nearly_full',
            [
              `the disk of ${path} has ${freeMiB} MiB left`,
              `${path}의 디스크 여유 공간이 ${freeMiB} MiB입니다`,
            ],
            ['free space on it', '공간을 확보하세요'],
          ),
        ]
      : []),
    ...(networkTypes.has(type)
      ? [
          found.problem(
            'network_file_system',
            [
              `${path} is on a network file system`,
              `${path}이(가) 네트워크 파일 시스템에 있습니다`,
            ],
            [
              'move it to a local disk, or use PostgreSQL or MySQL: the locks of SQLite do not work there',
              '로컬 디스크로 옮기거나 PostgreSQL 또는 MySQL을 쓰세요. 네트워크 파일 시스템에서는 SQLite의 잠금이 동작하지 않습니다',
            ],
          ),
        ]
      : []),
  ]
}
