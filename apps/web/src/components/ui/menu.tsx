'use client'

import { Check, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

type MenuProps = { trigger: ReactNode; isOpenAtFirst?: boolean; children: ReactNode }

/** A menu that opens from its trigger, and closes on a choice, on Escape, or on a press outside. */
export function Menu({ trigger, isOpenAtFirst = false, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Not in a portal: it stays inside the landmark that its trigger is in. */}
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={12}
        className="z-50 min-w-56 max-w-72 animate-fade rounded-float bg-paper-raised p-1.5 shadow-float outline-none"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

/** Words at the head of a menu that cannot be chosen. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5">{children}</DropdownMenu.Label>
}

/** A hairline between two groups of a menu. */
export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
}

const itemClass =
  'flex h-10 cursor-pointer select-none items-center gap-2.5 rounded-control px-2.5 outline-offset-[-2px] data-highlighted:bg-paper-sunk pointer-coarse:h-12'

/** A choice of a menu that leads to another page. */
export function MenuLink({ children, href }: { children: ReactNode; href: string }) {
  return (
    <DropdownMenu.Item asChild>
      <Link href={href} className={itemClass}>
        {children}
      </Link>
    </DropdownMenu.Item>
  )
}

/** One choice of a menu. */
export function MenuItem({ children, onSelect }: { children: ReactNode; onSelect: () => void }) {
  return (
    <DropdownMenu.Item onSelect={onSelect} className={itemClass}>
      {children}
    </DropdownMenu.Item>
  )
}

type MenuChoicesProps<Value extends string> = {
  label: string
  choices: { value: Value; label: string; icon: LucideIcon }[]
  chosen: Value
  onChoose: (value: Value) => void
}

/** Choices of which one holds. The menu stays open, so that what is chosen can be seen and changed again. */
export function MenuChoices<Value extends string>(props: MenuChoicesProps<Value>) {
  const { label, choices, chosen, onChoose } = props
  return (
    <DropdownMenu.RadioGroup value={chosen} aria-label={label}>
      <DropdownMenu.Label className="px-2.5 pt-1 pb-1.5 text-ink-muted text-meta">
        {label}
      </DropdownMenu.Label>
      {choices.map(({ value, label: words, icon: Icon }) => (
        <DropdownMenu.RadioItem
          key={value}
          value={value}
          onSelect={(event) => {
            event.preventDefault()
            onChoose(value)
          }}
          className={itemClass}
        >
          <Icon aria-hidden size={18} strokeWidth={1.75} className="text-ink-muted" />
          <span className="flex-1">{words}</span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden size={18} strokeWidth={1.75} className="text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
