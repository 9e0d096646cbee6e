import { ActionIcon, type ActionIconProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, forwardRef } from 'react';

type AnchorProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps>;

const AnchorButton = forwardRef<HTMLAnchorElement, ButtonProps & AnchorProps>((props, ref) => (
  <Button ref={ref} component="a" {...props} />
));

/** A link that looks like a button; typed by the routes. */
export const ButtonLink = createLink(AnchorButton);

const AnchorIcon = forwardRef<HTMLAnchorElement, ActionIconProps & Omit<AnchorProps, keyof ActionIconProps>>(
  (props, ref) => <ActionIcon ref={ref} component="a" {...props} />,
);

/** A link that looks like an icon button; typed by the routes. Needs an `aria-label`. */
export const IconLink = createLink(AnchorIcon);
