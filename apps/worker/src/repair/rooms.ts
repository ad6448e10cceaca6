import type { Rooms } from '../rooms.ts'

/** What repair works with: no door leads here. */
export type RepairRooms = Pick<Rooms, 'config' | 'store' | 'books' | 'client' | 'log' | 'now'>
