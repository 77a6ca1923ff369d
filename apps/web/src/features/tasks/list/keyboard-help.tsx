'use client'

import { useRef } from 'react'
import { Dialog } from '../../../components/ui/dialog.tsx'

const groups = [
  {
    name: 'Go',
    keys: [
      ['Today', 'g t'],
      ['Upcoming', 'g u'],
      ['All tasks', 'g a'],
      ['Completed', 'g c'],
      ['Trash', 'g d'],
      ['Search', '/'],
      ['Find or do', 'Mod K'],
    ],
  },
  {
    name: 'Anywhere',
    keys: [
      ['Write a task', 'q'],
      ['Undo', 'u'],
      ['To the messages', 'Alt T'],
      ['Close, cancel', 'Esc'],
      ['These keys', '?'],
    ],
  },
  {
    name: 'In the list',
    keys: [
      ['Next', 'j ↓'],
      ['Previous', 'k ↑'],
      ['Open', 'Enter'],
      ['Edit the title', 'e'],
      ['Complete, reopen', 'c Space'],
      ['Delete', '# Delete'],
      ['Select', 'x'],
      ['Select more', 'Shift ↓ ↑'],
      ['Select all', 'Mod A'],
    ],
  },
] as const

/** All keys, for those who would rather not reach for the pointer. */
export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const opener = useRef(document.activeElement)
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return (
    <Dialog
      title="Keyboard"
      onDismiss={onClose}
      onReturnFocus={() => opener.current instanceof HTMLElement && opener.current.focus()}
    >
      <div className="mt-3 gap-x-8 sm:columns-2">
        {groups.map(({ name, keys }) => (
          <section key={name} className="break-inside-avoid pb-5">
            <h3 className="pb-1 text-ink-muted text-meta">{name}</h3>
            <dl>
              {keys.map(([words, combination]) => (
                <div key={words} className="flex items-center justify-between gap-4 py-1">
                  <dt>{words}</dt>
                  <dd className="flex gap-1">
                    {combination.split(' ').map((key) => (
                      <kbd
                        key={key}
                        className="min-w-6 rounded-control border border-line-control px-1.5 text-center font-sans text-meta"
                      >
                        {key === 'Mod' ? (isApple ? '⌘' : 'Ctrl') : key}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
