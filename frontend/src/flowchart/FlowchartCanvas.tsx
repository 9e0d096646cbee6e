import '@xyflow/react/dist/base.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  BaseEdge,
  type Edge,
  type EdgeProps,
  Handle,
  MiniMap,
  type Node,
  type NodeProps,
  Panel,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import {
  createContext,
  memo,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import classes from './FlowchartCanvas.module.css';
import { FocusStore } from './focusStore.ts';
import { ambiguousNodes, type Graph, type GraphNode, kindLabel, neighboursOf } from './graph.ts';
import { edgeId, type Layout, type Point, roundedPath } from './layout.ts';
import { NodeIcon } from './NodeIcon.tsx';

type FlowNode = Node<{ node: GraphNode; namespace: string | null }, 'flowchart'>;
type FlowEdge = Edge<{ points: Point[] }, 'flowchart'>;

/** More nodes than that, and a small map helps to know where one is. */
const MAP_FROM = 50;
const FARTHEST = 0.05;
const NEAREST = 2;
/** Smaller than this, names cannot be read well: a large flowchart begins at its top instead of as a whole. */
const READABLE = 0.6;
const START = 0.8;
/** Smaller than this, a node that is selected is brought nearer. */
const TOO_FAR = 0.45;
const CLOSER = 0.72;
/** Free space around the whole in pixels: at the sides, that of the controls. */
const SIDES = 56;
const ENDS = 30;

const FocusContext = createContext(new FocusStore());

export type FlowchartCanvasProps = {
  graph: Graph;
  layout: Layout;
  selected: string | undefined;
  /** null: nothing is selected any more. */
  onSelect: (id: string | null) => void;
};

/** The picture: zoomable, only what is in view is rendered. */
export function FlowchartCanvas(props: FlowchartCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

function Canvas({ graph, layout, selected, onSelect }: FlowchartCanvasProps) {
  const [focus] = useState(() => new FocusStore());
  const nodes = useMemo(() => toFlowNodes(graph, layout, selected), [graph, layout, selected]);
  const edges = useMemo(() => toFlowEdges(graph, layout), [graph, layout]);
  useEffect(() => focus.update({ neighbours: neighboursOf(graph.edges), hovered: null }), [focus, graph]);
  useEffect(() => focus.update({ selected: selected ?? null }), [focus, selected]);

  return (
    <FocusContext value={focus}>
      <ReactFlow<FlowNode, FlowEdge>
        className={classes.canvas}
        data-selected={selected !== undefined || undefined}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={(changes) => {
          // A press of Enter or Space on a node, as well as a click.
          const change = changes.find((candidate) => candidate.type === 'select' && candidate.selected);
          if (change?.type === 'select') onSelect(change.id);
        }}
        onNodeMouseEnter={(_, node) => focus.update({ hovered: node.id })}
        onNodeMouseLeave={() => focus.update({ hovered: null })}
        onPaneClick={() => onSelect(null)}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        elementsSelectable
        selectNodesOnDrag={false}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        minZoom={FARTHEST}
        maxZoom={NEAREST}
        proOptions={{ hideAttribution: true }}
        ariaLabelConfig={{
          'node.a11yDescription.default': 'Press Enter to open the details, Escape to close them.',
        }}
      >
        <View layout={layout} selected={selected} />
        {graph.nodes.length >= MAP_FROM && <Overview layout={layout} />}
      </ReactFlow>
    </FocusContext>
  );
}

/** A small map, unless all nodes are in view: then it would only lie over them. */
function Overview({ layout }: { layout: Layout }) {
  const bounds = useMemo(() => boundsOf(layout), [layout]);
  const whole = useStore(({ transform: [x, y, zoom], width, height }) => {
    const left = bounds.x * zoom + x;
    const top = bounds.y * zoom + y;
    const right = left + bounds.width * zoom;
    return left >= 0 && top >= 0 && right <= width && top + bounds.height * zoom <= height;
  });
  if (whole) return null;
  return (
    <MiniMap<FlowNode>
      className={classes.map}
      pannable
      zoomable
      ariaLabel="Map of the flowchart"
      nodeClassName={({ data }) => `${classes.mapNode} ${classes[data.node.kind] ?? ''}`}
      nodeBorderRadius={20}
    />
  );
}

/** Moves the view: to the whole at first, and to a node that is selected out of sight. */
function View({ layout, selected }: { layout: Layout; selected: string | undefined }) {
  const { fitView, setCenter, setViewport, getViewport, zoomIn, zoomOut } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const shown = useRef<Layout>(undefined);

  useEffect(() => {
    if (width === 0 || height === 0) return;
    const first = shown.current === undefined;
    const relaid = shown.current !== layout;
    shown.current = layout;
    const place = selected === undefined ? undefined : layout.nodes.get(selected);
    if (place) {
      const { x, y, zoom } = getViewport();
      const left = place.x * zoom + x;
      const top = place.y * zoom + y;
      const inSight =
        !first &&
        left >= 0 &&
        top >= 0 &&
        left + place.width * zoom <= width &&
        top + place.height * zoom <= height;
      if (!inSight || zoom < TOO_FAR) {
        const near = first ? 1 : Math.max(zoom, CLOSER);
        setCenter(place.x + place.width / 2, place.y + place.height / 2, {
          zoom: near,
          duration: first ? 0 : 250,
        });
      }
      return;
    }
    if (!relaid) return;
    const bounds = boundsOf(layout);
    const whole = Math.min((width - 2 * SIDES) / bounds.width, (height - 2 * ENDS) / bounds.height);
    if (whole >= READABLE) {
      const zoom = Math.min(1, whole);
      setViewport({
        zoom,
        x: (width - bounds.width * zoom) / 2 - bounds.x * zoom,
        y: (height - bounds.height * zoom) / 2 - bounds.y * zoom,
      });
    } else {
      const top = topOf(layout);
      setViewport({ zoom: START, x: width / 2 - top * START, y: ENDS - bounds.y * START });
    }
  }, [layout, selected, width, height, getViewport, setCenter, setViewport]);

  return (
    <Panel position="bottom-left" className={classes.controls}>
      <Control label="Zoom in" onClick={() => zoomIn({ duration: 150 })}>
        <IconPlus size={16} aria-hidden />
      </Control>
      <Control label="Zoom out" onClick={() => zoomOut({ duration: 150 })}>
        <IconMinus size={16} aria-hidden />
      </Control>
      <Control
        label="Show the whole flowchart"
        onClick={() =>
          fitView({
            padding: { x: `${SIDES}px`, y: `${ENDS}px` },
            maxZoom: 1,
            duration: 250,
          })
        }
      >
        <IconFocusCentered size={16} aria-hidden />
      </Control>
    </Panel>
  );
}

function Control(props: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={props.label} position="right">
      <ActionIcon aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

function boundsOf({ nodes }: Layout): { x: number; y: number; width: number; height: number } {
  const places = [...nodes.values()];
  const x = Math.min(...places.map((place) => place.x));
  const y = Math.min(...places.map((place) => place.y));
  const right = Math.max(...places.map((place) => place.x + place.width));
  const bottom = Math.max(...places.map((place) => place.y + place.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The middle of the uppermost layer. */
function topOf({ nodes }: Layout): number {
  const places = [...nodes.values()];
  const top = Math.min(...places.map(({ y }) => y));
  const layer = places.filter(({ y }) => y <= top + 1);
  return layer.reduce((sum, { x, width }) => sum + x + width / 2, 0) / Math.max(1, layer.length);
}

function toFlowNodes({ nodes }: Graph, layout: Layout, selected: string | undefined): FlowNode[] {
  const ambiguous = ambiguousNodes(nodes);
  return nodes.flatMap((node): FlowNode[] => {
    const place = layout.nodes.get(node.id);
    if (place === undefined) return [];
    const { x, y, width, height } = place;
    return [
      {
        id: node.id,
        type: 'flowchart',
        position: { x, y },
        width,
        height,
        // React Flow draws edges to nodes out of view only when it knows their handles from here.
        handles: [
          { type: 'target', position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
          { type: 'source', position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
        ],
        selected: node.id === selected,
        ariaLabel: `${kindLabel(node)} ${node.fullName}`,
        data: { node, namespace: ambiguous.has(node.id) ? node.namespace : null },
      },
    ];
  });
}

function toFlowEdges({ edges }: Graph, layout: Layout): FlowEdge[] {
  return edges.flatMap(({ source, target }): FlowEdge[] => {
    const id = edgeId(source, target);
    const points = layout.edges.get(id);
    return points ? [{ id, source, target, type: 'flowchart', data: { points }, selectable: false }] : [];
  });
}

const FlowchartNode = memo(function FlowchartNode({
  id,
  data: { node, namespace },
  selected,
}: NodeProps<FlowNode>) {
  const focus = useContext(FocusContext);
  const emphasis = useSyncExternalStore(focus.subscribe, () => focus.ofNode(id));
  return (
    <div
      className={classes.node}
      data-kind={node.kind}
      data-tracked={node.group ?? undefined}
      data-emphasis={emphasis}
      data-selected={selected || undefined}
      title={node.fullName}
    >
      <Handle type="target" position={Position.Top} isConnectable={false} className={classes.handle} />
      <span className={classes.icon}>
        <NodeIcon node={node} size={16} />
      </span>
      <span className={classes.names}>
        {namespace && <span className={classes.namespace}>{namespace}</span>}
        <span className={classes.name}>{node.name}</span>
      </span>
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes.handle} />
    </div>
  );
});

const FlowchartEdge = memo(function FlowchartEdge({ source, target, data, id }: EdgeProps<FlowEdge>) {
  const focus = useContext(FocusContext);
  const emphasis = useSyncExternalStore(focus.subscribe, () => focus.ofEdge(source, target));
  return (
    <g className={classes.edge} data-emphasis={emphasis}>
      <BaseEdge id={id} path={roundedPath(data?.points ?? [], 10)} interactionWidth={0} />
    </g>
  );
});

const NODE_TYPES = { flowchart: FlowchartNode };
const EDGE_TYPES = { flowchart: FlowchartEdge };
