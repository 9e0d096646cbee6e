document.title = 'Plot';

export {};
