/** A port, and whether it was asked for: then it is taken as it is. */
export interface WantedPort {
  readonly port: number
  readonly isFixed: boolean
}

export function findPorts(wanted: readonly WantedPort[]): Promise<number[]>
