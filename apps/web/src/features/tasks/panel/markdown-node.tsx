import { Square, SquareCheck } from 'lucide-react'
import type { Definition, ListItem, Nodes, Table } from 'mdast'
import type { ReactNode } from 'react'
import { readSafeLink } from './read-safe-link.ts'

/** What a node may have to look up: the text it was read from, and where its references lead. */
type MarkdownPage = { source: string; definitions: ReadonlyMap<string, Definition> }

type MarkdownNodeProps = { node: Nodes; page: MarkdownPage; depth: number }

/** Deeper than any note that a person writes, and far from the end of the stack. */
const DEEPEST = 40

const codeClass = 'rounded-[0.25rem] bg-paper-sunk font-mono text-[0.9em]'

/** One node of parsed Markdown as an element. A kind that is not listed here is shown as it was written. */
export function MarkdownNode({ node, page, depth }: MarkdownNodeProps): ReactNode {
  const written = page.source.slice(node.position?.start.offset, node.position?.end.offset)
  if (depth > DEEPEST) return written
  const children =
    'children' in node
      ? node.children.map((child, index) => (
          <MarkdownNode key={index} node={child} page={page} depth={depth + 1} />
        ))
      : null
  switch (node.type) {
    case 'text':
      return node.value
    case 'paragraph':
      return (
        <p dir="auto" className="whitespace-pre-line">
          {children}
        </p>
      )
    case 'heading':
      // One level for all: whose notes begin at the third would leave the outline of the page broken.
      return (
        <h3 dir="auto" className={node.depth === 1 ? 'font-medium text-title' : 'font-medium'}>
          {children}
        </h3>
      )
    case 'strong':
      return <strong className="font-semibold">{children}</strong>
    case 'emphasis':
      return <em>{children}</em>
    case 'delete':
      return <del className="text-ink-muted">{children}</del>
    case 'break':
      return <br />
    case 'thematicBreak':
      return <hr className="my-1 border-line" />
    case 'blockquote':
      return (
        <blockquote className="flex flex-col gap-2 border-line-control border-s-2 ps-3 text-ink-muted">
          {children}
        </blockquote>
      )
    case 'list':
      return node.ordered === true ? (
        <ol start={node.start ?? 1} className="flex list-decimal flex-col gap-0.5 ps-6">
          {children}
        </ol>
      ) : (
        <ul className="flex list-disc flex-col gap-0.5 ps-6">{children}</ul>
      )
    case 'listItem':
      return <Item item={node}>{children}</Item>
    case 'inlineCode':
      return <code className={`px-1 py-px ${codeClass}`}>{node.value}</code>
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls has to be within reach of the keyboard.
        <pre tabIndex={0} className={`overflow-x-auto p-2.5 [overflow-wrap:normal] ${codeClass}`}>
          <code>{node.value}</code>
        </pre>
      )
    case 'table':
      return <TableNode table={node} page={page} depth={depth} />
    case 'link':
      return <SafeLink url={node.url}>{children}</SafeLink>
    case 'linkReference':
      return (
        <SafeLink url={page.definitions.get(node.identifier.toLowerCase())?.url}>
          {children}
        </SafeLink>
      )
    case 'image':
      return <SafeLink url={node.url}>{node.alt || node.url}</SafeLink>
    case 'imageReference':
      return (
        <SafeLink url={page.definitions.get(node.identifier.toLowerCase())?.url}>
          {node.alt || node.identifier}
        </SafeLink>
      )
    case 'definition':
      return null
    case 'html':
      return depth === 0 ? <p className="whitespace-pre-wrap">{node.value}</p> : node.value
    default:
      return depth === 0 ? <p className="whitespace-pre-wrap">{written}</p> : written
  }
}

function SafeLink({ url, children }: { url: string | undefined; children: ReactNode }) {
  const href = readSafeLink(url)
  if (href === null) return children
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="rounded-[0.25rem] text-accent underline decoration-1 underline-offset-3"
    >
      {children}
    </a>
  )
}

function Item({ item, children }: { item: ListItem; children: ReactNode }) {
  if (typeof item.checked !== 'boolean') return <li>{children}</li>
  const Icon = item.checked ? SquareCheck : Square
  return (
    <li className="-ms-6 flex list-none gap-2">
      <Icon
        role="img"
        aria-label={item.checked ? 'done' : 'not done'}
        size={16}
        strokeWidth={1.75}
        className="mt-[0.2rem] shrink-0 text-ink-muted"
      />
      <div className="min-w-0">{children}</div>
    </li>
  )
}

function TableNode({ table, page, depth }: { table: Table; page: MarkdownPage; depth: number }) {
  const [head, ...body] = table.children.map((row, rowIndex) => (
    <tr key={rowIndex} className="border-line border-b">
      {row.children.map((cell, index) => {
        const Cell = rowIndex === 0 ? 'th' : 'td'
        return (
          <Cell key={index} className="py-1 pe-3 text-start align-top">
            {cell.children.map((child, place) => (
              <MarkdownNode key={place} node={child} page={page} depth={depth + 3} />
            ))}
          </Cell>
        )
      })}
    </tr>
  ))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: What scrolls has to be within reach of the keyboard.
    <div tabIndex={0} className="overflow-x-auto [overflow-wrap:normal]">
      <table className="border-collapse">
        <thead>{head}</thead>
        <tbody>{body}</tbody>
      </table>
    </div>
  )
}
