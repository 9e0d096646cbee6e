import {
  ActionIcon,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Popover,
  Skeleton,
  Tabs,
  Tooltip,
} from '@mantine/core';

const iris: MantineColorsTuple = [
  '#efeefc',
  '#dedcf9',
  '#c8c5f3',
  '#a9a4ec',
  '#8f88f7',
  '#665ee0',
  '#4f46c8',
  '#433bb0',
  '#383196',
  '#2a2573',
];

// Mantine's greys for dark pages, with the tint of ours.
const dark: MantineColorsTuple = [
  '#ececf1',
  '#b3b3bf',
  '#9090a0',
  '#6f6f7d',
  '#3b3b47',
  '#34343f',
  '#22222a',
  '#1d1d24',
  '#1d1d24',
  '#0e0e12',
];

/** Mantine with our tokens (tokens.css): dense, calm, one accent. */
export const theme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-sans)', fontWeight: '600' },
  colors: { iris, dark },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: {
    xs: 'var(--text-sm)',
    sm: 'var(--text-base)',
    md: 'var(--text-base)',
    lg: 'var(--text-md)',
    xl: 'var(--text-lg)',
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: 'var(--radius-sm)', md: 'var(--radius-md)', lg: 'var(--radius-lg)', xl: '16px' },
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs', variant: 'default' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', offset: 4 } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', offset: 4 } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        withinPortal: true,
        events: { hover: true, focus: true, touch: false },
        transitionProps: { duration: 100 },
      },
    }),
  },
});

const ours = {
  '--mantine-color-body': 'var(--surface-0)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-default': 'var(--surface-1)',
  '--mantine-color-default-hover': 'var(--surface-2)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--border-strong)',
  '--mantine-color-disabled': 'var(--surface-2)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-gray-light-color': 'var(--text-2)',
  '--mantine-color-gray-light-hover': 'var(--surface-3)',
  '--mantine-color-iris-light': 'var(--accent-soft)',
  '--mantine-color-iris-light-color': 'var(--accent-text)',
  '--mantine-shadow-md': 'var(--shadow-md)',
};

/** Binds Mantine's own custom properties to our tokens, in both schemes. */
export const resolveCssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
