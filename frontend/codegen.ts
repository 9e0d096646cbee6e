import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/**/*.test.{ts,tsx}', '!src/data/generated/**'],
  generates: {
    'src/data/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          DateTime: 'string',
          JSON: '../../formatting/scalars.ts#JsonValue',
          JSONText: '../../formatting/scalars.ts#JsonText',
          JSONTextColumn: '../../formatting/scalars.ts#JsonTextColumn',
          Number: '../../formatting/scalars.ts#NumberValue',
          NumberColumn: '../../formatting/scalars.ts#NumberColumn',
        },
      },
    },
  },
};

export default config;
