(()=>{"use strict";const CITED="[data-lead]";const WAIT=150;function twoDigits(number){return String(number).padStart(2,"0");}
function today(){const now=new Date();return[String(now.getFullYear()),twoDigits(now.getMonth()+1),twoDigits(now.getDate())].join("-");}
function citation(cited,pages,url){const{lead,rest}=cited.dataset;return url===""?`${lead}${rest}${pages}.`:`${lead}/OL${rest}${pages}[${today()}]. ${url}`;}
function addressOfPage(){const published=document.querySelector("link[rel=canonical]");if(published instanceof HTMLLinkElement){return published.href;}
return window.location.protocol.startsWith("http")?window.location.href.split(/[?#]/)[0]:"";}
function citationOf(passage){const address=addressOfPage();const place=placeOf(passage);return citation(passage.cited,pagesOf(passage),address===""||place===""?address:`${address}#${place}`);}
function hasText(range){return range.toString().trim()!=="";}
function selectedPassage(){const selection=window.getSelection();if(selection===null||selection.isCollapsed||selection.rangeCount===0){return null;}
const selected=selection.getRangeAt(0);for(const cited of document.querySelectorAll(CITED)){const text=cited.querySelector(".prose");if(cited instanceof HTMLElement&&text!==null&&selected.intersectsNode(text)){const range=shared(selected,text);if(hasText(range)){return{cited,range};}}}
return null;}
function shared(selected,text){const whole=document.createRange();whole.selectNodeContents(text);const range=selected.cloneRange();if(selected.compareBoundaryPoints(Range.START_TO_START,whole)<0){range.setStart(text,0);}
if(selected.compareBoundaryPoints(Range.END_TO_END,whole)>0){range.setEnd(text,text.childNodes.length);}
return range;}
function isAtBeginning(element,range){const before=range.cloneRange();before.setEndBefore(element);return!hasText(before);}
function isBeforeEnd(element,range){const after=range.cloneRange();after.setStartAfter(element);return hasText(after);}
function pagesOf({cited,range}){let first=parseInt(cited.dataset.pages||"",10);let last=first;for(const mark of cited.querySelectorAll("[role=doc-pagebreak]")){const page=Number((mark.getAttribute("title")||"").replace(/\D/g,""));first=isAtBeginning(mark,range)?page:first;last=isBeforeEnd(mark,range)?page:last;}
return first===last?String(first):`${first}-${last}`;}
function placeOf({cited,range}){const places=Array.from(cited.querySelectorAll("[role=doc-pagebreak], .page[id], .prose [id]"));const nearest=places.filter((place)=>isAtBeginning(place,range)).pop();return(nearest||cited).id;}
function copy(text,done){if(navigator.clipboard===undefined||!window.isSecureContext){done(copyByCommand(text));return;}
navigator.clipboard.writeText(text).then(()=>done(true),()=>done(copyByCommand(text)),);}
function copyByCommand(text){const selection=window.getSelection();const range=selection!==null&&selection.rangeCount>0?selection.getRangeAt(0).cloneRange():null;const focused=document.activeElement;const field=document.createElement("textarea");field.className="hidden";field.readOnly=true;field.value=text;document.body.append(field);field.focus({preventScroll:true});field.select();let isCopied=false;try{isCopied=document.execCommand("copy");}catch{}
field.remove();if(focused instanceof HTMLElement){focused.focus({preventScroll:true});}
if(selection!==null&&range!==null){selection.removeAllRanges();selection.addRange(range);}
return isCopied;}
function cite(status,whole){const passage=selectedPassage();if(passage!==null){report(status,citationOf(passage),`（第${pagesOf(passage)}页）`);}else if(whole instanceof HTMLElement){report(status,citation(whole,whole.dataset.pages||"",addressOfPage()),"");}}
function report(status,text,of){copy(text,(isCopied)=>{status.textContent=isCopied?`已复制${of}`:`这里不能复制，请自己抄录：${text}`;});}
function keepSelection(button){button.addEventListener("mousedown",(event)=>event.preventDefault());}
const below=document.querySelector("button[data-cite]");const said=document.querySelector(".citation [role=status]");if(below instanceof HTMLButtonElement&&said!==null){below.hidden=false;keepSelection(below);below.addEventListener("click",()=>cite(said,document.querySelector(CITED)));}
const bar=document.createElement("div");bar.className="cite-bar";bar.setAttribute("role","group");bar.setAttribute("aria-label","引用选中的文字");const button=document.createElement("button");button.type="button";const status=document.createElement("span");status.setAttribute("role","status");bar.append(button,status);keepSelection(button);button.addEventListener("click",()=>cite(status,null));let shown="";function showBar(){const passage=selectedPassage();bar.hidden=passage===null;const selected=passage===null?"":citationOf(passage)+passage.range.toString();if(passage!==null&&selected!==shown){button.textContent=`复制引文（第${pagesOf(passage)}页）`;status.textContent="";passage.cited.append(bar);}
shown=selected;}
let waiting=0;document.addEventListener("selectionchange",()=>{window.clearTimeout(waiting);waiting=window.setTimeout(showBar,WAIT);});})();
