// From a folder (file://) browsers load neither modules nor WebAssembly: the page says so instead of loading for ever.
if (location.protocol === 'file:')
  addEventListener('DOMContentLoaded', () => {
    const loading = document.getElementById('loading');
    if (loading)
      loading.textContent = 'The explorer needs a host of files, as “nonlinear explore” is one: from a folder '
        + 'browsers load no WebAssembly. 此页面须由网络服务器提供，例如 nonlinear explore。';
  });
