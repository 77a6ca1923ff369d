import type { Definition, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { MarkdownNode } from './markdown-node.tsx'

/** More signs than any note that a person writes has; the parser's time grows with the square of them. */
const MOST_SIGNS = 1000

/**
 * Notes as Markdown (CommonMark and GitHub's additions). They become React elements of a closed set, never HTML: what
 * looks like HTML stays text, links lead to http, https and mailto only, and no image is loaded.
 */
export function Markdown({ source }: { source: string }) {
  const nodes = parse(source)
  if (nodes === null) {
    return (
      <p dir="auto" className="whitespace-pre-wrap">
        {source}
      </p>
    )
  }
  const definitions = new Map<string, Definition>()
  for (const node of nodes) {
    if (node.type === 'definition') definitions.set(node.identifier, node)
  }
  return (
    <div className="flex flex-col gap-2 [overflow-wrap:anywhere]">
      {nodes.map((node, index) => (
        <MarkdownNode key={index} node={node} page={{ source, definitions }} depth={0} />
      ))}
    </div>
  )
}

/** The blocks of a text; null when it is made to overwhelm the parser, by the number of its signs or by its depth. */
function parse(source: string): RootContent[] | null {
  if ((source.match(/[*_~`>[\]<|]/g)?.length ?? 0) > MOST_SIGNS) return null
  try {
    return fromMarkdown(source, {
      extensions: [gfm()],
      mdastExtensions: [gfmFromMarkdown()],
    }).children
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
