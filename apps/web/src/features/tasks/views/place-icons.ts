import { CalendarDays, CircleCheck, List, type LucideIcon, Sun, Trash2 } from 'lucide-react'
import type { Place } from './view-params.ts'

/** The icon of each view. */
export const placeIcons: Record<Place, LucideIcon> = {
  today: Sun,
  upcoming: CalendarDays,
  all: List,
  completed: CircleCheck,
  trash: Trash2,
}
