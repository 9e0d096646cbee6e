import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/**/*.test.{ts,tsx}', '!src/graphql/generated/**'],
  generates: {
    'src/graphql/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        scalars: {
          DateTime: 'string',
          JSON: '../scalars.ts#JsonValue',
          JSONText: '../scalars.ts#JsonText',
          JSONTextColumn: '../scalars.ts#JsonTextColumn',
          Number: '../scalars.ts#NumberValue',
          NumberColumn: '../scalars.ts#NumberColumn',
        },
      },
    },
  },
};

export default config;
