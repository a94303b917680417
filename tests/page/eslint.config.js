// What the checker of types does not see. The page's modules and these tests; what is vendored is its makers'.
import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['**/vendor/**', '**/node_modules/**', '**/bin/**', '**/obj/**'] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022 },
    rules: {
      eqeqeq: 'error',
      'max-len': ['error', { code: 120, ignoreUrls: true }],
      'no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^(u|_)$' }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      'prefer-template': 'error',
      quotes: ['error', 'single', { avoidEscape: true }],
      semi: 'error',
    },
  },
  { files: ['src/Nonlinear.Explorer/wwwroot/**/*.js'], languageOptions: { globals: globals.browser } },
  { files: ['tests/page/**/*.js'], languageOptions: { globals: { ...globals.node, location: 'readonly' } } },
];
