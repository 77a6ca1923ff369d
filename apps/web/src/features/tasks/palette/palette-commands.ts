import {
  Download,
  Keyboard,
  LogOut,
  type LucideIcon,
  Plus,
  Settings,
  Tag,
  Undo2,
  Upload,
} from 'lucide-react'
import type { Tend } from '../../../api/create-tend.ts'
import { themes } from '../../../components/theme/theme.ts'
import { themeLooks } from '../../../components/theme/theme-switch.tsx'
import { chooseTheme } from '../../../components/theme/use-theme.ts'
import { downloadTasks } from '../transfer/download-tasks.ts'
import { placeNames } from '../views/describe-view.ts'
import { placeIcons } from '../views/place-icons.ts'
import { places, type View } from '../views/view-params.ts'

/** What the palette leaves to the page around it. */
export type PaletteActions = {
  onWrite: () => void
  onHelp: () => void
  onSignOut: () => void
}

/** One thing that can be done from the palette. */
export type PaletteCommand = {
  name: string
  icon: LucideIcon
  /** Other words for it, by which it is found too. */
  words?: string
  /** The keys that do the same, as the help writes them. */
  keys?: string
  run: () => void | Promise<void>
}

export type PaletteGroup = { name: string; commands: PaletteCommand[] }

type PaletteDeps = PaletteActions & {
  tend: Tend
  labels: string[]
  goTo: (view: Partial<View>) => void
  undo: () => void
  openPage: (href: string) => void
}

const placeKeys = { today: 'g t', upcoming: 'g u', all: 'g a', completed: 'g c', trash: 'g d' }

/** All commands, in the order in which they stand while nothing is typed. */
export function listCommands(deps: PaletteDeps): PaletteGroup[] {
  const { tend, labels, goTo, openPage } = deps
  return [
    {
      name: 'Do',
      commands: [
        { name: 'Add a task', icon: Plus, words: 'new write create', keys: 'q', run: deps.onWrite },
        { name: 'Undo', icon: Undo2, words: 'back revert', keys: 'u', run: deps.undo },
      ],
    },
    {
      name: 'Go to',
      commands: [
        ...places.map((view) => ({
          name: placeNames[view],
          icon: placeIcons[view],
          words: 'view list',
          keys: placeKeys[view],
          run: () => goTo({ view }),
        })),
        ...labels.map((label) => ({
          name: label,
          icon: Tag,
          words: 'label',
          run: () => goTo({ label }),
        })),
        {
          name: 'Settings',
          icon: Settings,
          words: 'account email password',
          run: () => openPage('/settings'),
        },
      ],
    },
    {
      name: 'Tend',
      commands: [
        ...themes.map((theme) => ({
          name: `Theme: ${themeLooks[theme].label}`,
          icon: themeLooks[theme].icon,
          words: 'appearance look mode',
          run: () => chooseTheme(theme),
        })),
        {
          name: 'Keyboard',
          icon: Keyboard,
          words: 'shortcuts keys help',
          keys: '?',
          run: deps.onHelp,
        },
        {
          name: 'Export as JSON',
          icon: Download,
          words: 'download save data',
          run: () => downloadTasks(tend, 'json'),
        },
        {
          name: 'Export as CSV',
          icon: Download,
          words: 'download save data spreadsheet',
          run: () => downloadTasks(tend, 'csv'),
        },
        {
          name: 'Import tasks',
          icon: Upload,
          words: 'load data file',
          run: () => openPage('/settings#tasks'),
        },
        { name: 'Sign out', icon: LogOut, words: 'leave log out', run: deps.onSignOut },
      ],
    },
  ]
}

/** The groups with the commands that hold every typed word. A name that begins with it all comes first. */
export function findCommands(groups: PaletteGroup[], typed: string): PaletteGroup[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return groups
  const start = wanted.join(' ')
  return groups.flatMap(({ name, commands }) => {
    const found = commands.filter((command) => {
      const text = `${command.name} ${command.words ?? ''}`.toLowerCase()
      return wanted.every((word) => text.includes(word))
    })
    const rank = (command: PaletteCommand) => (command.name.toLowerCase().startsWith(start) ? 0 : 1)
    const inOrder = found.toSorted((one, other) => rank(one) - rank(other))
    return found.length === 0 ? [] : [{ name, commands: inOrder }]
  })
}

/** Whether a command begins with what is typed. */
export function startsCommand(groups: PaletteGroup[], typed: string): boolean {
  const start = typed.trim().toLowerCase()
  return groups.some(({ commands }) =>
    commands.some(({ name }) => name.toLowerCase().startsWith(start)),
  )
}

/** What tells a command from all others: a label may bear the name of a view. */
export function idOf(group: PaletteGroup, command: PaletteCommand): string {
  return `${group.name} ${command.icon === Tag ? 'label ' : ''}${command.name}`
}
