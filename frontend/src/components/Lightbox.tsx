import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Lightbox.module.css';

type LightboxProps = {
  opened: boolean;
  onClose: () => void;
  title: string | undefined;
  /** At most; it never covers the whole window. */
  width?: string;
  height?: string;
  children: ReactNode;
};

/** Shows one thing large, over the page. Esc closes. */
export function Lightbox({ width, height, title, children, ...modal }: LightboxProps) {
  return (
    <Modal
      {...modal}
      size={within('100vw', width)}
      yOffset={24}
      xOffset={24}
      padding={0}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{
        content: classes.content,
        header: classes.header,
        title: classes.title,
        body: classes.body,
      }}
      styles={{ content: { height: within('100dvh', height) } }}
    >
      {children}
    </Modal>
  );
}

function within(window: string, most?: string): string {
  const room = `calc(${window} - 48px)`;
  return most === undefined ? room : `min(${most}, ${room})`;
}
