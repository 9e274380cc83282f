(()=>{"use strict";let size=null;try{size=window.localStorage.getItem("bulletin.size");}catch{}
document.documentElement.dataset.size=size==="small"||size==="large"?size:"medium";})();
