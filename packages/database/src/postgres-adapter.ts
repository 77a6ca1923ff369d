import { PostgresAdapter } from 'kysely'
import type { SharedConnections } from './shared-connections.ts'

/** Connections for statements that read, which never wait for a disk, and for those that write. */
export type SharedConnectionGroups = { reads: SharedConnections; writes: SharedConnections }

/** The part of a database handle that all handles made of it have in common: it carries the shared connections. */
export class SharingAdapter extends PostgresAdapter {
  /** There once the driver is, which closes them; undefined where nothing is shared. */
  shared: SharedConnectionGroups | undefined
}
