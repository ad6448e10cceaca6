/** An entry, bundled. */
export interface Bundle {
  readonly text: string
  readonly gzipBytes: number
}
export function bundle(entry: string): Promise<Bundle>
